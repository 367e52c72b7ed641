const Mark = ({ path }: { readonly path: string }) => (
  <svg class="mark" viewBox="0 0 20 20" width={20} height={20} aria-hidden="true">
    <path d={path} />
  </svg>
);

export const PlayMark = () => <Mark path="M6 3.6v12.8L16.6 10z" />;
export const PauseMark = () => <Mark path="M5 4h3.6v12H5zM11.4 4H15v12h-3.6z" />;
export const StepMark = () => <Mark path="M4 4l8 6-8 6zM13.4 4H16v12h-2.6z" />;
export const RestartMark = () => <Mark path="M10 3.2V.8L5.6 4.4 10 8V5.4a5 5 0 1 1-5 5H2.8A7.2 7.2 0 1 0 10 3.2z" />;
export const WholeMark = () => <Mark path="M3 3h6v2H5v4H3zM17 17h-6v-2h4v-4h2z" />;
export const CloseMark = () => (
  <Mark path="M5.2 3.8 10 8.6l4.8-4.8 1.4 1.4L11.4 10l4.8 4.8-1.4 1.4L10 11.4l-4.8 4.8-1.4-1.4L8.6 10 3.8 5.2z" />
);
