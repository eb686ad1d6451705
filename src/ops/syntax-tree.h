/* Growing the flat tree of an expression; private to the parser. */
#pragma once

#include "ops/expression.h"

/* A node while the tree grows: its children and text stand in pools. */
typedef struct
{
  ScopeSyntax syntax; /* text NULL or static; child unused */
  int32_t pooled;     /* where its text begins in the pool, or −1 */
  size_t child;       /* where its children begin in the pool */
} ScopeTreeNode;

typedef struct
{
  ScopeTreeNode *node;
  size_t nodes, nodes_capacity;
  int32_t *child;
  size_t children, children_capacity;
  int32_t *statement;
  size_t statements, statements_capacity;
} ScopeTree;

/* Adds a node and returns its number, −1 when memory runs out. `syntax` gives kind, span, text,
 * integer and number; `child` its children. */
int32_t scope_tree_add (ScopeTree *tree,
                        const ScopeSyntax *syntax,
                        int32_t pooled,
                        const int32_t *child,
                        size_t children);
bool scope_tree_add_statement (ScopeTree *tree, int32_t node);
/* Exchanges nodes first…middle−1 with middle…end−1 (the nodes after them), keeping the order in
 * both. */
void scope_tree_rotate (ScopeTree *tree, int32_t first, int32_t middle);
/* Forgets all nodes from `nodes` on. */
void scope_tree_cut (ScopeTree *tree, size_t nodes);

/* Everything in one block; NULL when memory runs out. */
ScopeExpression *scope_tree_finish (const ScopeTree *tree,
                                    const char *bytes,
                                    size_t length,
                                    const char *texts,
                                    size_t texts_length);
void scope_tree_free (ScopeTree *tree);
