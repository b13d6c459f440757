package io.tallyman.user.view;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.Valid;

@Controller("/users/{userId}/views")
@ExecuteOn(TaskExecutors.BLOCKING)
class SavedViewController {
  private final SavedViews views;
  private final SavedViewRows rows;

  SavedViewController(SavedViews views, SavedViewRows rows) {
    this.views = views;
    this.rows = rows;
  }

  @Get
  SavedViewList list(long userId) {
    return new SavedViewList(rows.of(userId));
  }

  /** Adds the view, or replaces the one with its name. So the request may be repeated. */
  @Post
  SavedView save(long userId, @Body @Valid NewSavedView view) {
    return views.save(userId, view);
  }

  /**
   * @throws UnknownView if the user has no view with the id
   */
  @Delete("/{id}")
  @Status(HttpStatus.NO_CONTENT)
  void delete(long userId, long id) {
    if (rows.delete(id, userId) == 0) {
      throw new UnknownView(id);
    }
  }
}
