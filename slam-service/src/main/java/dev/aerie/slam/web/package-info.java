/// The HTTP interface: trajectory, keyframes and map of each stream.
@NullMarked
package dev.aerie.slam.web;

import org.jspecify.annotations.NullMarked;
