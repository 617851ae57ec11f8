/// Files about a replica's work: the objects of each frame, and statistics.
@NullMarked
package dev.aerie.frames.report;

import org.jspecify.annotations.NullMarked;
