/// What flows: access units as they were encoded, frames as they were decoded, each with its identity.
@NullMarked
package dev.aerie.video;

import org.jspecify.annotations.NullMarked;
