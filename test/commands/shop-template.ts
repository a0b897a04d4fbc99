/** A template of SAM with a rule of each kind on a bus of its own. */
export const shopTemplate = `Transform: AWS::Serverless-2016-10-31
Parameters: { Stage: { Type: String, Default: dev } }
Resources:
  OrdersBus: { Type: AWS::Events::EventBus, Properties: { Name: !Sub '\${Stage}-orders' } }
  Bill:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: bill.handler
      Runtime: nodejs22.x
      Events:
        BigOrder:
          Type: EventBridgeRule
          Properties:
            EventBusName: !Ref OrdersBus
            Pattern: { source: [com.shop], detail: { total: [{ numeric: ['>', 100] }] } }
            DeadLetterConfig: { Type: SQS }
        Nightly: { Type: Schedule, Properties: { Schedule: rate(1 day) } }
        Weekly: { Type: ScheduleV2, Properties: { ScheduleExpression: rate(7 days) } }
  Slack:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref OrdersBus
      EventPattern: { source: [com.shop] }
      Targets:
        - Id: slack
          Arn: !GetAtt Letters.Arn
          InputTransformer: { InputPathsMap: { order: $.detail.order }, InputTemplate: '{"text":"<order>"}' }
  Letters: { Type: AWS::SQS::Queue }
`;
