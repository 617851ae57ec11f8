/// `./aerie view`: a stream in a window of this machine, with the objects of each frame.
@NullMarked
package dev.aerie.cli.view;

import org.jspecify.annotations.NullMarked;
