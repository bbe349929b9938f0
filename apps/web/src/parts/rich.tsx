/** A text of the catalogues in which **two asterisks** make a part strong. */
export function Rich({ children }: { children: string }) {
  return children.split('**').map((part, at) => (at % 2 === 1 ? <b key={at}>{part}</b> : part));
}
