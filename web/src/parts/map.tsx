// A map of the office's own outlines with marks on it: no tile server is needed, one may be set.
//
// Leaflet is fetched when the first map is shown.  Its words go in as text nodes: it takes strings for markup.
import type { LayerGroup, Map as LeafletMap } from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { useEffect, useRef, useState } from 'preact/hooks';

import { get } from '../base/api';
import type { Colour } from '../base/model';
import { areas, plan } from '../base/plan';
import './fields.css';
import { f } from './form_words';
import './map.css';

export interface Mark {
  key: string;
  latitude: number;
  longitude: number;
  text: string; // shown on it: "101"
  title: string; // said of it: "101 火灾 东湖社区"
  colour: Colour | null;
  onOpen?: () => void;
}
interface Given {
  label: string;
  marks: Mark[];
  highlight?: string[]; // codes of areas drawn strong
  names?: boolean; // of areas stand on it where there is room
}
interface Outlines {
  type: 'FeatureCollection';
  features: { type: 'Feature'; properties: { code: string; name: string; kind: string; parent: string | null }; geometry: object }[];
}

let outlines: Promise<Outlines> | null = null; // megabytes at most: once for each page

function read_outlines(): Promise<Outlines> {
  outlines ??= get<Outlines>('/api/v1/areas/outlines');
  outlines.catch(() => { outlines = null; });
  return outlines;
}

type Leaflet = typeof import('leaflet');

const as_text = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

function text_box(text: string, name = ''): HTMLElement {
  const box = document.createElement('span');
  box.textContent = text;
  if (name !== '') box.className = name;
  return box;
}

function add_tiles({ leaflet, map }: Drawing, tiles: string): void {
  leaflet.control.attribution({ prefix: false }).addTo(map);
  leaflet.tileLayer(tiles, { maxZoom: 19, attribution: as_text(plan.value?.map_attribution ?? '') }).addTo(map);
}

// Outlines, or the centres of areas that have none.
function draw_areas(leaflet: Leaflet, group: LayerGroup, shapes: Outlines, strong: string[]): void {
  const drawn = leaflet.geoJSON(shapes, {
    style: (feature) => {
      const code = (feature?.properties as { code?: string } | undefined)?.code ?? '';
      return { className: strong.includes(code) ? 'outline strong' : 'outline', weight: strong.includes(code) ? 4 : 1.5 };
    },
    onEachFeature: (feature, layer) => {
      layer.bindTooltip(text_box((feature.properties as { name: string }).name), { sticky: true });
    },
  });
  drawn.addTo(group);
  const known = new Set(shapes.features.map((feature) => feature.properties.code));
  for (const area of areas.value) {
    if (known.has(area.code) || area.latitude === null || area.longitude === null) continue;
    leaflet.circleMarker([area.latitude, area.longitude], { radius: strong.includes(area.code) ? 8 : 4, className: 'outline centre' })
      .bindTooltip(text_box(area.name), strong.includes(area.code) ? { permanent: true, direction: 'bottom', offset: [0, 18] } : {}).addTo(group);
  }
}

function draw_marks(leaflet: Leaflet, group: LayerGroup, marks: Mark[]): void {
  for (const mark of marks) {
    const icon = leaflet.divIcon({ html: text_box(mark.text, `mark ${mark.colour ?? ''}`), className: '', iconSize: [44, 44], iconAnchor: [22, 22] });
    const pin = leaflet.marker([mark.latitude, mark.longitude], { icon, title: mark.title, alt: mark.title, keyboard: mark.onOpen !== undefined });
    const open = mark.onOpen;
    if (open !== undefined) pin.on('click', open).on('keypress', (event) => { if (event.originalEvent.key === 'Enter') open(); });
    pin.addTo(group);
  }
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
const apart = (a: Box, b: Box): boolean => a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;
const kMark = 24; // pixels from the middle of a mark to its edge
const kLetter = { wide: 13, narrow: 7.5, high: 9 }; // pixels; half of its height

const half_width = (name: string): number =>
  Array.from(name).reduce((sum, letter) => sum + (letter > '\u2e80' ? kLetter.wide : kLetter.narrow), 0) / 2;

// Names of areas that fit into their outline, none over a mark or another name: first of what the smallest areas lie in
// (communities), then of these (their grids, by what is added to its name).  What holds them all has no room of its own.
function draw_names({ leaflet, map, names }: Drawing, shapes: Outlines, marks: Mark[]): void {
  names.clearLayers();
  const taken: Box[] = marks.map((mark) => {
    const { x, y } = map.latLngToLayerPoint([mark.latitude, mark.longitude]);
    return { left: x - kMark, right: x + kMark, top: y - kMark, bottom: y + kMark };
  });
  const parents = new Set(shapes.features.map(({ properties }) => properties.parent));
  const above = new Set(shapes.features.filter(({ properties }) => !parents.has(properties.code)).map(({ properties }) => properties.parent));
  const said = new Map<string, string>();
  const first = shapes.features.filter(({ properties }) => above.has(properties.code));
  const then = shapes.features.filter(({ properties }) => !parents.has(properties.code));
  for (const feature of [...first, ...then]) {
    const { code, name, parent } = feature.properties;
    const within = said.get(parent ?? '') ?? '';
    const text = within !== '' && name !== within && name.startsWith(within) ? name.slice(within.length) : name;
    const bounds = leaflet.geoJSON(feature).getBounds();
    const size = map.latLngToLayerPoint(bounds.getSouthEast()).subtract(map.latLngToLayerPoint(bounds.getNorthWest()));
    const { x, y } = map.latLngToLayerPoint(bounds.getCenter());
    const half = half_width(text);
    const box = { left: x - half, right: x + half, top: y - kLetter.high, bottom: y + kLetter.high };
    if (2 * half > size.x || 2 * kLetter.high > size.y || !taken.every((one) => apart(one, box))) continue;
    taken.push(box);
    said.set(code, name);
    leaflet.tooltip({ permanent: true, direction: 'center', className: 'area-name', opacity: 1 })
      .setLatLng(bounds.getCenter()).setContent(text_box(text)).addTo(names);
  }
}

interface Drawing {
  leaflet: Leaflet;
  map: LeafletMap;
  names: LayerGroup;
  ground: LayerGroup;
  above: LayerGroup;
}

function bounds_of({ leaflet }: Drawing, shapes: Outlines, marks: Mark[], strong: string[]) {
  const wanted = shapes.features.filter((feature) => strong.includes(feature.properties.code));
  const bounds = leaflet.latLngBounds([]);
  const all = strong.length === 0; // nothing in particular: the whole district, to its edges
  const near = all ? shapes.features : wanted;
  for (const feature of near) bounds.extend(leaflet.geoJSON(feature).getBounds());
  for (const mark of marks) bounds.extend([mark.latitude, mark.longitude]);
  if (all || !bounds.isValid()) {
    for (const area of areas.value) {
      if (area.latitude !== null && area.longitude !== null) bounds.extend([area.latitude, area.longitude]);
    }
  }
  return bounds;
}

export function AreaMap({ label, marks, highlight = [], names = false }: Given) {
  const box = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const [shapes, set_shapes] = useState<Outlines | null>(null);
  const [state, set_state] = useState<'loading' | 'ready' | 'failed' | 'bare'>('loading');
  const strong = highlight.join(' ');
  const fitted = useRef(false); // to something: areas and marks may come after the map

  useEffect(() => {
    let gone = false;
    const begin = async (): Promise<void> => {
      const [module, read] = await Promise.all([
        import('leaflet'),
        read_outlines().catch((): Outlines => ({ type: 'FeatureCollection', features: [] })),
      ]);
      if (gone || box.current === null) return;
      const leaflet: Leaflet = 'default' in module ? module.default : module;
      const map = leaflet.map(box.current, { zoomSnap: 0.25, fadeAnimation: false, scrollWheelZoom: false, attributionControl: false });
      drawing.current = { leaflet, map, names: leaflet.layerGroup().addTo(map), ground: leaflet.layerGroup().addTo(map), above: leaflet.layerGroup().addTo(map) };
      set_shapes(read);
    };
    begin().catch(() => set_state('failed'));
    return () => {
      gone = true;
      drawing.current?.map.remove();
      drawing.current = null;
    };
  }, []);

  // Where tiles come from is known with the form, which may come after the map.
  const tiles = plan.value?.map_tiles ?? '';
  useEffect(() => {
    if (drawing.current !== null && shapes !== null && tiles !== '') add_tiles(drawing.current, tiles);
  }, [shapes, tiles]);

  useEffect(() => {
    const drawn = drawing.current;
    if (drawn === null || shapes === null) return;
    fitted.current = false;
    drawn.ground.clearLayers();
    draw_areas(drawn.leaflet, drawn.ground, shapes, highlight);
  }, [shapes, strong, areas.value]);

  useEffect(() => {
    const drawn = drawing.current;
    if (drawn === null || shapes === null) return;
    if (!fitted.current) {
      const bounds = bounds_of(drawn, shapes, marks, highlight);
      if (bounds.isValid()) {
        drawn.map.fitBounds(bounds.pad(highlight.length === 0 ? 0.05 : 0.2), { maxZoom: 16, animate: false });
        fitted.current = true;
        set_state(shapes.features.length > 0 ? 'ready' : 'bare');
      }
    }
    drawn.above.clearLayers();
    draw_marks(drawn.leaflet, drawn.above, marks);
    if (!names) return;
    const again = (): void => draw_names(drawn, shapes, marks);
    again();
    drawn.map.on('zoomend', again);
    return () => void drawn.map.off('zoomend', again);
  }, [shapes, marks, strong, areas.value]);

  return (
    <figure class="map-frame">
      <div ref={box} class="map" role="region" aria-label={label} />
      {state === 'failed' && <figcaption class="soft">{f('map_failed')}</figcaption>}
      {state === 'bare' && <figcaption class="soft">{f('map_none')}</figcaption>}
    </figure>
  );
}
