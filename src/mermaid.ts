export { toMermaid } from './bridge/to-mermaid.js';
