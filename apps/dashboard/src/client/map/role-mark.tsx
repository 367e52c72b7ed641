/** A shape for each kind of role: a filled diamond writes, an open circle serves reads, a half circle waits to take over. */
export function RoleMark({ role, x, y }: { readonly role: string; readonly x: number; readonly y: number }) {
  return (
    <g class="role-mark" transform={`translate(${x} ${y})`}>
      {shapeOf(role)}
    </g>
  );
}

function shapeOf(role: string) {
  switch (role) {
    case 'primary':
    case 'writer':
    case 'instance':
    case 'leader':
      return <path class="mark-filled" d="M7 0L14 7L7 14L0 7Z" />;
    case 'standby':
    case 'follower':
      return (
        <>
          <circle class="mark-open" cx={7} cy={7} r={6} />
          <path class="mark-filled" d="M7 1a6 6 0 0 1 0 12Z" />
        </>
      );
    default:
      return <circle class="mark-open" cx={7} cy={7} r={6} />;
  }
}
