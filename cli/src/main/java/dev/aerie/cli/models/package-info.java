/// The models of this machine: list, download, import.
@NullMarked
package dev.aerie.cli.models;

import org.jspecify.annotations.NullMarked;
