// One of a few, as keys side by side: radio buttons, so that arrows walk over them and each group is one stop of Tab.
import './fields.css';

export interface Option {
  value: string;
  label: string;
}
interface Given {
  name: string; // of the group, unlike any other on the page
  options: Option[];
  chosen: string | null; // null: none of them
  onChoose: (value: string) => void;
}

export function Choice({ name, options, chosen, onChoose }: Given) {
  return (
    <>
      {options.map(({ value, label }) => (
        <label key={value} class="key">
          <input type="radio" name={name} value={value} checked={value === chosen} onChange={() => onChoose(value)} />
          <span>{label}</span>
        </label>
      ))}
    </>
  );
}
