import type { DemoPerson } from '../../apps/launcher/src/demo/person.js';

export type Heard = { scene: string; who: string; what: string; text: string };

/** Keeps all that anybody received over HTTP and sockets, by scene and by person. */
export class Listener {
  scene = '';
  readonly heard: Heard[] = [];

  ear =
    (who: string): DemoPerson['received'] =>
    (what, text) => {
      this.heard.push({ scene: this.scene, who, what, text });
    };
}
