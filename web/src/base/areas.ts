// Looking about in the area tree that is kept with the form (plan.ts).
import { computed } from '@preact/signals';

import type { Area } from './model';
import { areas } from './plan';

const by_code = computed(() => new Map(areas.value.map((area) => [area.code, area])));

export const area_of = (code: string): Area | undefined => by_code.value.get(code);

// "青石街道 / 东湖社区", or the code when the tree does not know it.
export const area_path = (code: string): string => area_of(code)?.path ?? code;

// From the area itself up to the root.
function upward(code: string): Area[] {
  const found: Area[] = [];
  for (let at = area_of(code); at !== undefined && !found.includes(at); at = area_of(at.parent ?? '')) found.push(at);
  return found;
}

// Public-health places stop at the community: the community that holds it, or the area itself when none does.
export function community_of(code: string): string {
  return upward(code).find((area) => area.kind === 'community')?.code ?? code;
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

// In the order of the tree; by name, alias or code.  `coarse`: nothing below a community.
export function find_areas(words: string, coarse: boolean): Area[] {
  const wanted = folded(words).split(/\s+/).filter((word) => word !== '');
  return areas.value.filter((area) => {
    if (coarse && community_of(area.code) !== area.code) return false;
    const text = folded([area.code, area.path, ...area.aliases].join(' '));
    return wanted.every((word) => text.includes(word));
  });
}

const kEarthMetres = 6_371_000;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

function metres_between(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const a = Math.sin(radians(lat2 - lat1) / 2) ** 2 +
    Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * Math.sin(radians(lon2 - lon1) / 2) ** 2;
  return 2 * kEarthMetres * Math.asin(Math.min(1, Math.sqrt(a)));
}

// Without a network: the area whose centre is nearest, as far away as the server would look (5 km).
export function nearest_area(latitude: number, longitude: number): Area | null {
  let best: Area | null = null;
  let least = 5000;
  for (const area of areas.value) {
    if (area.latitude === null || area.longitude === null) continue;
    const metres = metres_between(latitude, longitude, area.latitude, area.longitude);
    if (metres <= least) {
      least = metres;
      best = area;
    }
  }
  return best;
}
