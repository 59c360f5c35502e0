// The server's clock: that of this computer may be wrong.

let ahead = 0; // ms that the server's is ahead

export const now = () => Date.now() + ahead;

// set takes the time an answer was sent at. The header tells whole seconds.
export function set(date) {
  const by = Date.parse(date ?? '') - Date.now();
  if (!Number.isNaN(by)) ahead = Math.abs(by) > 2000 ? by : 0;
}
