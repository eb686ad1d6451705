/* The flat tree of an expression: grown in pools, then moved into one block. */
#include "ops/syntax-tree.h"

#include "ops/lexer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int32_t
scope_tree_add (ScopeTree *tree,
                const ScopeSyntax *syntax,
                int32_t pooled,
                const int32_t *child,
                size_t children)
{
  if (!scope_block_grow ((void **)&tree->node, &tree->nodes_capacity, tree->nodes + 1,
                         sizeof tree->node[0])
      || !scope_block_grow ((void **)&tree->child, &tree->children_capacity,
                            tree->children + children + 1, sizeof tree->child[0]))
    return -1;

  ScopeTreeNode *node = &tree->node[tree->nodes];
  node->syntax = *syntax;
  node->syntax.children = (int32_t)children;
  node->pooled = pooled;
  node->child = tree->children;
  for (size_t i = 0; i < children; i++)
    {
      assert (child[i] < (int32_t)tree->nodes);
      tree->child[tree->children++] = child[i];
    }
  return (int32_t)tree->nodes++;
}

bool
scope_tree_add_statement (ScopeTree *tree, int32_t node)
{
  if (!scope_block_grow ((void **)&tree->statement, &tree->statements_capacity,
                         tree->statements + 1, sizeof tree->statement[0]))
    return false;
  tree->statement[tree->statements++] = node;
  return true;
}

static void
reverse (ScopeTreeNode *node, int32_t first, int32_t end)
{
  for (; first + 1 < end; first++, end--)
    {
      ScopeTreeNode kept = node[first];
      node[first] = node[end - 1];
      node[end - 1] = kept;
    }
}

void
scope_tree_rotate (ScopeTree *tree, int32_t first, int32_t middle)
{
  int32_t end = (int32_t)tree->nodes;
  if (first == middle || middle == end)
    return;
  reverse (tree->node, first, middle);
  reverse (tree->node, middle, end);
  reverse (tree->node, first, end);

  for (int32_t i = first; i < end; i++)
    for (int32_t k = 0; k < tree->node[i].syntax.children; k++)
      {
        int32_t *child = &tree->child[tree->node[i].child + (size_t)k];
        if (*child >= middle)
          *child -= middle - first;
        else if (*child >= first)
          *child += end - middle;
      }
}

void
scope_tree_cut (ScopeTree *tree, size_t nodes)
{
  assert (nodes <= tree->nodes);
  if (nodes < tree->nodes)
    tree->children = tree->node[nodes].child;
  tree->nodes = nodes;
}

ScopeExpression *
scope_tree_finish (const ScopeTree *tree,
                   const char *bytes,
                   size_t length,
                   const char *texts,
                   size_t texts_length)
{
  size_t nodes_bytes = tree->nodes * sizeof (ScopeSyntax);
  size_t numbers_bytes = (tree->children + tree->statements) * sizeof (int32_t);
  char *block =
      malloc (sizeof (ScopeExpression) + nodes_bytes + numbers_bytes + texts_length + length + 1);
  if (block == NULL)
    return NULL;

  ScopeExpression *expression = (ScopeExpression *)block;
  ScopeSyntax *node = (ScopeSyntax *)(block + sizeof (ScopeExpression));
  int32_t *child = (int32_t *)((char *)node + nodes_bytes);
  int32_t *statement = child + tree->children;
  char *pool = (char *)child + numbers_bytes;
  *expression = (ScopeExpression){
    .source = pool + texts_length,
    .nodes = (int32_t)tree->nodes,
    .node = node,
    .statements = (int32_t)tree->statements,
    .statement = statement,
    .memory = block,
  };

  if (tree->children > 0)
    memcpy (child, tree->child, tree->children * sizeof (int32_t));
  if (tree->statements > 0)
    memcpy (statement, tree->statement, tree->statements * sizeof (int32_t));
  if (texts_length > 0)
    memcpy (pool, texts, texts_length);
  if (length > 0)
    memcpy (expression->source, bytes, length);
  expression->source[length] = '\0';
  for (size_t i = 0; i < tree->nodes; i++)
    {
      node[i] = tree->node[i].syntax;
      if (tree->node[i].pooled >= 0)
        node[i].text = pool + tree->node[i].pooled;
      node[i].child = child + tree->node[i].child;
    }
  return expression;
}

void
scope_tree_free (ScopeTree *tree)
{
  free (tree->node);
  free (tree->child);
  free (tree->statement);
  *tree = (ScopeTree){ 0 };
}

void
scope_expression_free (ScopeExpression *expression)
{
  if (expression != NULL)
    free (expression->memory);
}
