/// Dense mapping by the networks of SLAM3R (docs/slam3r.md): points predicted from keyframes, joined with the map's
/// poses.
@NullMarked
package dev.aerie.slam.dense.slam3r;

import org.jspecify.annotations.NullMarked;
