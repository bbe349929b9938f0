/** What a weak line was shown of a room before the program came (public/first.js) goes when the room itself is there, or another page. */
export const endEarly = () => document.getElementById('early')?.remove();
