/// Images as plain Java arrays: what is drawn before anything is encoded.
@NullMarked
package dev.aerie.simulator.image;

import org.jspecify.annotations.NullMarked;
