/// The objects that are followed: which may begin, how sure we are of each, when one is given up.
@NullMarked
package dev.aerie.frames.targets;

import org.jspecify.annotations.NullMarked;
