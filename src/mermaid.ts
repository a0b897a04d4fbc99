export { toMermaid } from './bridge/mermaid.js';
