/// The site: where its cameras stand, what each can reach, and where on the ground something is that a camera shows.
@NullMarked
package dev.aerie.ptz.site;

import org.jspecify.annotations.NullMarked;
