package dev.aerie.simulator.ptz;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.ptz.camera.Direction;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.site.EastNorthUp;
import dev.aerie.ptz.site.MountingPose;
import dev.aerie.ptz.site.SiteCamera;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.video.FrameSize;

/// Where the renderer's camera stands and how it sees, for a PTZ camera in one position.
record PtzView(RigidTransform worldFromCamera, CameraIntrinsics camera) {

    static PtzView of(SiteCamera camera, PtzPosition position, FrameSize size) {
        var mounting = camera.mounting();
        var forward = vector(mounting.towards(Direction.of(position)));
        var up = vector(mounting.towards(new Direction(position.panDegrees(), position.tiltDegrees() + 90)));
        var right = forward.cross(up);
        return new PtzView(
                new RigidTransform(Rotation.ofAxes(right, up.times(-1), forward), eye(mounting)),
                CameraIntrinsics.ofHalfWidthTangent(size, camera.lens().halfWidthTangent(position.zoom())));
    }

    private static Vector3 eye(MountingPose mounting) {
        return vector(mounting.position());
    }

    private static Vector3 vector(EastNorthUp way) {
        return new Vector3(way.eastMetres(), way.northMetres(), way.upMetres());
    }
}
