/// The stages that every frame passes on its way through the fleet: the frame's age at each stage, and its trace.
@NullMarked
package dev.aerie.service.stage;

import org.jspecify.annotations.NullMarked;
