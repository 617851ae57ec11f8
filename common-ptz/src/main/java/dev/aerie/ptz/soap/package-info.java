/// SOAP 1.2 as ONVIF uses it: names, envelopes, faults and the user name token, for both ends of a connection.
@NullMarked
package dev.aerie.ptz.soap;

import org.jspecify.annotations.NullMarked;
