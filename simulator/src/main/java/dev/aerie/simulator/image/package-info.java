/// Images as plain Java arrays, before encoding.
@NullMarked
package dev.aerie.simulator.image;

import org.jspecify.annotations.NullMarked;
