/* SPDX-License-Identifier: Apache-2.0 */
#include "parser/checker.h"
