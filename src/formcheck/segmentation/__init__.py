"""From motion to events: steps, repetitions, holds, ground contacts and the stretches of a clip they form."""
