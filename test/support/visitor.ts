export { type Reply, Visitor } from '../../apps/launcher/src/demo/visitor.js';
