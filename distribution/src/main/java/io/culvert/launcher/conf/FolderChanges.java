// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.util.SortedSet;

/**
 * What has become different in a folder.
 *
 * @param gone the names of files that are certainly not there any more.
 * @param changed the names of files that have come or changed.
 */
record FolderChanges(SortedSet<String> gone, SortedSet<String> changed) {}
