/// What a replica leaves in files about its work: what it found in each frame, and how it did.
@NullMarked
package dev.aerie.frames.report;

import org.jspecify.annotations.NullMarked;
