import { z } from 'zod';

// The content security policy allows no code that is made from text, which zod would otherwise try as soon as a
// schema is made: so this comes before all other imports.
z.config({ jitless: true });
