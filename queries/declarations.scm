; What a file declares at its top level. One capture a declaration; `syntax.declarations` reads its parts.
; Functions next to an error are still functions.

(source_file (package_clause (package_identifier) @package))
(source_file (import_declaration (import_spec) @import))
(source_file (import_declaration (import_spec_list (import_spec) @import)))
(source_file (type_declaration [(type_spec) (type_alias)] @type))
(source_file (const_declaration) @const)
(source_file (var_declaration) @var)
(source_file [(function_declaration) (method_declaration)] @function)
(ERROR (package_clause (package_identifier) @package))
(ERROR (import_declaration (import_spec) @import))
(ERROR (import_declaration (import_spec_list (import_spec) @import)))
(ERROR [(function_declaration) (method_declaration)] @function)
