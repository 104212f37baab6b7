declare module 'musubi:coverage' {
  const scale: {
    classes: { key: string; below?: number; fill: string; ink: string }[];
    unknown: { key: string; fill: string; ink: string };
  };
  export default scale;
}

declare module 'maplibre-gl/dist/maplibre-gl-csp' {
  import maplibregl from 'maplibre-gl';
  export default maplibregl;
}
