"""Draw a figure once and write it in several formats.

Matplotlib walks through all artists anew for every format: it finds the ticks, lays out each text and asks each line for
its path. That is more than half of the time, and the same each time. Here the calls that reach the renderer are kept, in
points and with y upwards, and given to the renderer of each format, for pixels scaled to its resolution.
"""

from collections.abc import Callable

from matplotlib.backend_bases import FigureCanvasBase, GraphicsContextBase, RendererBase
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D, Bbox, Transform, TransformedPath

POINTS_PER_INCH = 72


class Recorded(Figure):
    """What a figure has drawn; to be written by any of Matplotlib's canvases.

    Args:
        figure: the figure; it gets 72 dots an inch and must not change any more.
        dpi: the resolution of pixels, and of pictures in formats that are made of lines.
    """

    def __init__(self, figure: Figure, dpi: float):
        super().__init__(figsize=figure.get_size_inches(), dpi=dpi, layout="none")
        figure.dpi = POINTS_PER_INCH
        canvas = figure.canvas
        # The one that measured for the layout knows the sizes of the texts.
        renderer = canvas.get_renderer() if isinstance(canvas, RecordingCanvas) else _DisplayList(figure)
        renderer.steps, renderer.image_dpi = [], dpi
        figure.draw(renderer)
        self._steps = renderer.steps

    def draw(self, renderer: RendererBase) -> None:
        """Draw all of it again."""
        for step in self._steps:
            # Each time anew: within a drawing, what is rasterized has its own resolution.
            step(renderer, self.dpi / POINTS_PER_INCH)


class RecordingCanvas(FigureCanvasBase):
    """Lets a figure measure its texts for the layout as they are measured when it is recorded."""

    def get_renderer(self) -> RendererBase:
        """A renderer to measure with."""
        if not hasattr(self, "_measure"):
            self._measure = _DisplayList(self.figure)
        return self._measure


def _scaled(transform: Transform, scale: float) -> Transform:
    return transform if scale == 1 else transform + Affine2D().scale(scale)


def _scale_clip(context: GraphicsContextBase, scale: float) -> None:
    if scale == 1:
        return
    rectangle, (path, transform) = context.get_clip_rectangle(), context.get_clip_path()
    if rectangle is not None:
        context.set_clip_rectangle(Bbox(rectangle.get_points() * scale))
    if path is not None:
        context.set_clip_path(TransformedPath(path, _scaled(transform, scale)))


class _DisplayList(RendererBase):
    """Keeps what is drawn as a list of functions of a renderer and a scale."""

    def __init__(self, figure: Figure):
        super().__init__()
        self.steps: list[Callable[[RendererBase, float], None]] = []
        self.image_dpi: float = POINTS_PER_INCH
        self.width, self.height = figure.get_size_inches() * POINTS_PER_INCH

    def _keep(
        self, context: GraphicsContextBase, step: Callable[[RendererBase, GraphicsContextBase, float], None]
    ) -> None:
        # As it is now; the artist goes on to use it for other things.
        kept = GraphicsContextBase()
        kept.copy_properties(context)

        def draw(renderer: RendererBase, scale: float) -> None:
            context = renderer.new_gc()
            context.copy_properties(kept)
            _scale_clip(context, scale)
            step(renderer, context, scale)
            context.restore()

        self.steps.append(draw)

    def open_group(self, s, gid=None):
        self.steps.append(lambda renderer, scale: renderer.open_group(s, gid))

    def close_group(self, s):
        self.steps.append(lambda renderer, scale: renderer.close_group(s))

    def start_rasterizing(self):
        self.steps.append(lambda renderer, scale: renderer.start_rasterizing())

    def stop_rasterizing(self):
        self.steps.append(lambda renderer, scale: renderer.stop_rasterizing())

    def start_filter(self):
        self.steps.append(lambda renderer, scale: renderer.start_filter())

    def stop_filter(self, post_processing):
        self.steps.append(lambda renderer, scale: renderer.stop_filter(post_processing))

    def draw_path(self, gc, path, transform, rgbFace=None):
        transform = transform.frozen()
        self._keep(gc, lambda renderer, gc, scale: renderer.draw_path(gc, path, _scaled(transform, scale), rgbFace))

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        marker_trans, trans = marker_trans.frozen(), trans.frozen()
        self._keep(
            gc,
            lambda renderer, gc, scale: renderer.draw_markers(
                gc, marker_path, _scaled(marker_trans, scale), path, _scaled(trans, scale), rgbFace
            ),
        )

    def draw_path_collection(
        self, gc, master_transform, paths, all_transforms, offsets, offset_trans, *others, **named
    ):
        master_transform, offset_trans = master_transform.frozen(), offset_trans.frozen()
        self._keep(
            gc,
            lambda renderer, gc, scale: renderer.draw_path_collection(
                gc,
                _scaled(master_transform, scale),
                paths,
                all_transforms,
                offsets,
                _scaled(offset_trans, scale),
                *others,
                **named,
            ),
        )

    def draw_quad_mesh(self, gc, master_transform, meshWidth, meshHeight, coordinates, offsets, offsetTrans, *others):
        master_transform, offset_trans = master_transform.frozen(), offsetTrans.frozen()
        self._keep(
            gc,
            lambda renderer, gc, scale: renderer.draw_quad_mesh(
                gc,
                _scaled(master_transform, scale),
                meshWidth,
                meshHeight,
                coordinates,
                offsets,
                _scaled(offset_trans, scale),
                *others,
            ),
        )

    def draw_gouraud_triangles(self, gc, triangles_array, colors_array, transform):
        transform = transform.frozen()
        self._keep(
            gc,
            lambda renderer, gc, scale: renderer.draw_gouraud_triangles(
                gc, triangles_array, colors_array, _scaled(transform, scale)
            ),
        )

    def draw_image(self, gc, x, y, im, transform=None):
        self._keep(gc, lambda renderer, gc, scale: renderer.draw_image(gc, x * scale, y * scale, im))

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        prop = prop.copy()
        self._keep(
            gc,
            lambda renderer, gc, scale: renderer.draw_text(
                gc, x * scale, self._downwards(renderer, y * scale), s, prop, angle, ismath=ismath, mtext=mtext
            ),
        )

    def draw_tex(self, gc, x, y, s, prop, angle, *, mtext=None):
        prop = prop.copy()
        self._keep(
            gc,
            lambda renderer, gc, scale: renderer.draw_tex(
                gc, x * scale, self._downwards(renderer, y * scale), s, prop, angle, mtext=mtext
            ),
        )

    @staticmethod
    def _downwards(renderer, y):
        return renderer.get_canvas_width_height()[1] - y if renderer.flipy() else y

    def flipy(self):
        return False

    def get_canvas_width_height(self):
        return self.width, self.height

    def get_image_magnification(self):
        return self.image_dpi / POINTS_PER_INCH

    def points_to_pixels(self, points):
        return points
