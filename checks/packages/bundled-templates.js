// A page has no files, but may have a template.
import { createBridge } from 'footbridge';
import { loadTemplate } from 'footbridge/templates';

const bridge = createBridge();
const rule = { Type: 'AWS::Events::Rule', Properties: { Name: 'big', EventPattern: { source: ['com.shop'] } } };
void loadTemplate(bridge, { Resources: { Rule: rule } }, { stackName: 'shop' })
  .then(() => bridge.listRules())
  .then(({ Rules }) => console.log(Rules.map(({ Name }) => Name).join()));
