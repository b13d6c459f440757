package io.tallyman.user.view;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * @param data all views of a user, in the order of their names; never more than {@link
 *     SavedViews#MOST}
 */
@Serdeable
record SavedViewList(List<SavedView> data) {}
