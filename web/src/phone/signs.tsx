// A small sign for each kind of hazard, drawn here: strokes on a field of 24 by 24.
const kCloud = 'M7 14a4 4 0 1 1 .8-7.9A5 5 0 0 1 17.5 8 3 3 0 0 1 17 14z';
const kWaves = 'M2 17c2-2 3-2 5 0s3 2 5 0 3-2 5 0 3 2 5 0M2 21c2-2 3-2 5 0s3 2 5 0 3-2 5 0 3 2 5 0';
const kFlame = 'M12 2c1 4 6 6 6 12a6 6 0 0 1-12 0c0-3 2-4 2-6 1 1 2 2 2 3 1-2 1-5 2-9zM12 20a2.5 2.5 0 0 1-2.500-2.500c0-1.500 1.500-2 2.500-3.500 1 1.500 2.500 2 2.500 3.500A2.500 2.500 0 0 1 12 20z';
const kDrop = 'M12 3c3 5 6 8 6 12a6 6 0 0 1-12 0c0-4 3-7 6-12z';

const kSigns: Record<string, string> = {
  rainstorm: `${kCloud}M8 17l-1 4M12 17l-1 4M16 17l-1 4`,
  flood: `M6 14V9l6-5 6 5v5${kWaves}`,
  waterlogging: `M5 10h14l-2-5H7zM5 10v4M19 10v4M8 13h.01M16 13h.01${kWaves}`,
  typhoon: 'M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM12 5c5-1 8 2 8 6 0-6 1-7 1-8-3 1-6 1-9 2zM12 19c-5 1-8-2-8-6 0 6-1 7-1 8 3-1 6-1 9-2z',
  strong_wind: 'M3 8h11a3 3 0 1 0-3-3M3 12h15a3 3 0 1 1-3 3M3 16h8a2.500 2.500 0 1 1-2.500 2.500',
  hail: `${kCloud}M8 18h.01M12 20h.01M16 18h.01M10 22h.01M14 17h.01`,
  lightning: `${kCloud}M12 12l-3 5h4l-2 5`,
  snow_ice: 'M12 2v20M3.300 7l17.400 10M20.700 7L3.300 17M12 6l-2-2M12 6l2-2M12 18l-2 2M12 18l2 2',
  cold_wave: 'M8 13V4a2 2 0 1 1 4 0v9a4 4 0 1 1-4 0zM10 17v-4M17 4v8M15 10l2 3 2-3',
  heat: 'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2',
  drought: 'M12 3a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM2 14h20M6 14l2 3-2 4M13 14l-1 4 3 3M18 14l1 3',
  earthquake: 'M2 12h4l2-6 3 13 3-16 3 12 2-3h3',
  landslide: 'M2 21h20L8 5 2 9zM16 8h.01M19 12h.01M13 5h.01M19 6a1 1 0 1 1-.010 0',
  ground_collapse: 'M2 9h6l2 9h4l2-9h6M12 3v6M10 7l2 3 2-3',
  forest_fire: 'M7 3l4 7H9l3 5H2l3-5H3zM7 15v6M17 10c.500 2 4 4 4 7a4 4 0 0 1-8 0c0-2 1.500-3 2-4 1 1 1.500 0 2-3z',
  dam_danger: `M4 3h5l4 11H4zM13 7l4-2M14 10l5-1${kWaves}`,
  fire: kFlame,
  explosion: 'M12 2l2 6 6-3-3 6 5 3-6 1 1 6-5-4-5 4 1-6-6-1 5-3-3-6 6 3z',
  gas_leak: 'M6 10a3 3 0 0 1 6 0v11H6zM8 7V5h2v2M9 5V3M15 8c2 0 2 2 4 2M15 12c2 0 3 2 6 2M15 16c2 0 2 2 4 2',
  hazardous_chemicals: 'M9 3h6M10 3v6l-6 11a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1L14 9V3M7 15h10',
  building_collapse: 'M3 21h18M5 21V9l4-5 3 4-2 3 3 3-2 3 2 4M14 21l5-9 2 3-3 6',
  construction_accident: 'M6 21V3M3 6h18M6 3l9 3M18 6v6M16 12h4v3h-4zM3 21h7M6 12l-2 3M6 12l2 3',
  mine_accident: 'M4 8c5-5 11-5 16 0M12 5v16M10 21h4',
  special_equipment: 'M5 3h14v18H5zM12 3v18M8.500 9L7 11M8.500 9L10 11M15.500 14L14 12M15.500 14l1.500-2',
  road_traffic: 'M3 16v-4l3-6h12l3 6v4zM5 16v3M19 16v3M3 12h18M7 14h.01M17 14h.01',
  rail_water_transport: `M4 12h16l-3 5H7zM7 12V7h10v5M12 7V3M2 21c2-2 3-2 5 0s3 2 5 0 3-2 5 0 3 2 5 0`,
  drowning: `M12 3a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5zM5 7l4 5h6l4-5${kWaves}`,
  crowd_crush: 'M12 4a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM6 7a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM18 7a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM9 20v-9h6v9M3 20v-7h5M21 20v-7h-5',
  power_failure: 'M9 3v5M15 3v5M6 8h12v4a6 6 0 0 1-12 0zM12 18v4M3 21L21 3',
  water_failure: 'M3 9h9a5 5 0 0 1 5 5v2h-4v-2H3zM8 9V5M5 5h6M15 19v.01M15 22v.01M3 21L21 3',
  heating_failure: 'M5 7v12M9 7v12M13 7v12M17 7v12M3 9h16M3 17h16M3 22L21 3',
  telecom_failure: 'M12 10v11M8 21h8M8 6a6 6 0 0 0 0 8M16 6a6 6 0 0 1 0 8M5 3a10 10 0 0 0 0 14M3 21L21 3',
  pollution: 'M3 21V10l6 4v-4l6 4V4h4v17zM7 17h.01M11 17h.01',
  infectious_disease: 'M12 6a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM12 6V3.500M12 18v2.500M6 12H3.500M18 12h2.500M7.800 7.800L6 6M16.200 7.800L18 6M7.800 16.200L6 18M16.200 16.200L18 18M10.500 3h3M10.500 21h3M3 10.500v3M21 10.500v3M10 10.500h.01M14.500 11.500h.01M11.500 14.500h.01',
  food_poisoning: 'M3 11h18a9 9 0 0 1-6 8.500V21H9v-1.500A9 9 0 0 1 3 11zM8 8c-1-2 1-3 0-5M12 8c-1-2 1-3 0-5M16 8c-1-2 1-3 0-5',
  water_contamination: `${kDrop}M10 13l4 4M14 13l-4 4`,
  occupational_poisoning: 'M5 5h14v6a7 7 0 0 1-14 0zM9 9h.01M15 9h.01M9 14h6M12 18v3',
  animal_disease: 'M5 9a2 2 0 1 1 0 .010M9.500 5a2 2 0 1 1 0 .010M14.500 5a2 2 0 1 1 0 .010M19 9a2 2 0 1 1 0 .010M12 11c4 0 6 4 5 7s-3 2-5 2-4 1-5-2 1-7 5-7z',
  unsure: 'M6 3l3 5-2 2c1 3 3 5 6 6l2-2 5 3c0 3-2 4-4 4C9 21 3 14 3 8c0-3 1-5 3-5zM15 3c3 0 5 1 5 3s-3 2-3 4M17 13h.01',
};

export function Sign({ kind, size = 40 }: { kind: string; size?: number }) {
  return (
    <svg class="sign" viewBox="0 0 24 24" width={size} height={size} fill="none" stroke="currentColor" stroke-width="1.7"
      stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d={kSigns[kind] ?? 'M12 3L2 20h20zM12 9v5M12 17h.01'} />
    </svg>
  );
}
