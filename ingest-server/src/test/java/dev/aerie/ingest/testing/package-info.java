/// What the tests of this module share: video made on the spot, clients that remember what they heard.
package dev.aerie.ingest.testing;
