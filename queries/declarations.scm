; What a file declares at its top level. One capture a declaration; `syntax.declarations` reads its parts.

(source_file (package_clause (package_identifier) @package))
(source_file (import_declaration (import_spec) @import))
(source_file (import_declaration (import_spec_list (import_spec) @import)))
(source_file (type_declaration (type_spec) @type))
(source_file (type_declaration (type_alias) @alias))
(source_file (const_declaration) @const)
(source_file (var_declaration) @var)
(source_file (function_declaration) @function)
(source_file (method_declaration) @function)
