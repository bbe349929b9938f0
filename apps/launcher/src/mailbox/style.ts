export const style = `
body { margin: 0 auto; max-width: 64rem; padding: 0 1rem 2rem; background: #fbfaf6; color: #1a2426; font: 1rem/1.55 'Noto Sans', system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: #11545f; display: inline-block; padding: 0.5rem 0; }
.body a { display: inline; padding: 0; }
a:focus-visible, .wide:focus-visible { outline: 3px solid #1a2426; outline-offset: 2px; box-shadow: 0 0 0 2px #ffd45e; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 0 1.5rem; border-bottom: 1px solid #837c6a; }
.name { font-weight: 700; }
nav { display: flex; gap: 1.5rem; }
nav a[aria-current] { color: inherit; font-weight: 700; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; background: #fff; }
th, td { text-align: start; vertical-align: top; padding: 0.5rem 0.75rem; border-bottom: 1px solid #837c6a; overflow-wrap: break-word; }
td a { padding: 0; }
time { font-variant-numeric: tabular-nums; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; }
dt { color: #46504f; }
dd { margin: 0; }
.body { white-space: pre-wrap; }
iframe { width: 100%; height: 36rem; border: 1px solid #837c6a; background: #fff; }
footer { color: #46504f; }
`;
