// A telephone number as the desk needs it: to be read aloud, dialled by hand, tapped, or taken over by a phone's camera.

// RFC 3966: what a dialler takes; an extension is dialled by hand.
export const tel = (number: string): string => `tel:${number.replace(/[^+\d]/g, '')}`;

export const is_whole = (number: string): boolean => !number.includes('*'); // masked ones cannot be dialled

// In groups, as one reads a number while dialling it by hand; copied and read aloud it stays one number.
export function Digits({ of }: { of: string }) {
  const parts = /^(\+86)(1\d\d)(\d{4})(\d{4})$/.exec(of) ?? /^(\+86)(10|2\d|\d{3})(\d{3,4})(\d{4})$/.exec(of);
  return <bdi>{parts === null ? of : parts.slice(1).map((part, n) => <span key={n} class="digits">{part}</span>)}</bdi>;
}
