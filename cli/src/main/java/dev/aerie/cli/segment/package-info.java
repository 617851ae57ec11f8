/// `./aerie segment`: everything in the frames of a folder.
@NullMarked
package dev.aerie.cli.segment;

import org.jspecify.annotations.NullMarked;
