/// What a replica leaves in files about its work: what it found in each picture, and how it did.
@NullMarked
package dev.aerie.frames.report;

import org.jspecify.annotations.NullMarked;
