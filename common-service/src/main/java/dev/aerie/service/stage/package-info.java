/// The stages that every frame passes on its way through the fleet: how old it is at each, and its trace.
@NullMarked
package dev.aerie.service.stage;

import org.jspecify.annotations.NullMarked;
