/// Certificates: whom a process trusts, and a local authority for fleets without a public one.
@NullMarked
package dev.aerie.tls;

import org.jspecify.annotations.NullMarked;
