/// Following the objects of a stream by their masks: what carries them, what proposes them, what a person
/// asks for.
@NullMarked
package dev.aerie.frames.follow;

import org.jspecify.annotations.NullMarked;
