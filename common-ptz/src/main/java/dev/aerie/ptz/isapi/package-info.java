/// Hikvision's HTTP interface for cameras (ISAPI): `docs/ptz-protocols.md` has the calls and the mapping of angles.
@NullMarked
package dev.aerie.ptz.isapi;

import org.jspecify.annotations.NullMarked;
