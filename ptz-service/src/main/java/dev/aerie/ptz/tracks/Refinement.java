package dev.aerie.ptz.tracks;

import dev.aerie.messages.Box;

/// What a slower look has found out about a track: its label, and how its box lies in the one that the track had then.
///
/// - `left`, `top`: of the tightened box, as a share of the track's width and height, from its left and upper edge
/// - `width`, `height`: as shares of the track's
public record Refinement(String label, double left, double top, double width, double height) {

    static Refinement of(String label, Box tight, Box track) {
        return new Refinement(
                label,
                (tight.leftPixels() - track.leftPixels()) / track.widthPixels(),
                (tight.topPixels() - track.topPixels()) / track.heightPixels(),
                tight.widthPixels() / track.widthPixels(),
                tight.heightPixels() / track.heightPixels());
    }

    /// The box that a later box of the track is tightened to.
    public Box tighten(Box track) {
        return new Box(
                track.leftPixels() + left * track.widthPixels(),
                track.topPixels() + top * track.heightPixels(),
                width * track.widthPixels(),
                height * track.heightPixels());
    }
}
