/// The fleet's build products, child processes, ports and process costs on this machine.
@NullMarked
package dev.aerie.host;

import org.jspecify.annotations.NullMarked;
