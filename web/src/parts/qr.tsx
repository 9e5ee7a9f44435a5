// A QR code as a drawing: dark squares of one path on white, with the quiet zone that readers want.
import qrcode from 'qrcode-generator';

interface Given {
  text: string;
  label: string; // said instead of the picture
}

const kQuiet = 4; // modules

export function Qr({ text, label }: Given) {
  const code = qrcode(0, 'M');
  code.addData(text, 'Byte');
  code.make();
  const size = code.getModuleCount();
  let path = '';
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (code.isDark(row, column)) path += `M${column + kQuiet} ${row + kQuiet}h1v1h-1z`;
    }
  }
  const whole = size + 2 * kQuiet;
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${whole} ${whole}`} shape-rendering="crispEdges">
      <rect width={whole} height={whole} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
