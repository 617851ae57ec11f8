/// The models of this machine: which there are, which are installed, how one gets here.
@NullMarked
package dev.aerie.cli.models;

import org.jspecify.annotations.NullMarked;
