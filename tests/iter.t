# Iterators: what they give.

== paths of files, also by pointers
requires: root
run:
	exec 9< /etc/passwd
	"$PKTSCRIPT" -q -p $$ -e 'iter:task_file /ctx.fd == 9/ { print(path(ctx.file.f_path)); print(path(ctx.file->f_path, 8)); print(path(&ctx.file->f_path)); }' | sort -u
	"$PKTSCRIPT" -q -e 'iter:task_vma /ctx.vma->vm_file && comm == "pktscript"/ { @[path(ctx.vma->vm_file->f_path, 200)] = count(); } END { print(len(@) > 0); clear(@); }'
expect:

	/etc/passwd
	/passwd
	true
	
	
