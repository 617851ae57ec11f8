/// The models that Aerie knows, and the folder in which they are installed.
@NullMarked
package dev.aerie.vision.models;

import org.jspecify.annotations.NullMarked;
