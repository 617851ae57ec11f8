/// Scripted frames, and a tracker that needs no model: for tests here and of the services.
@NullMarked
package dev.aerie.vision.testing;

import org.jspecify.annotations.NullMarked;
